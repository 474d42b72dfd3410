/** One set of line icons on a 24 grid, 1.75 stroke, drawn for Foyer; always beside a word or a screen-reader name. */
const paths = {
  alert: 'M12 3.5 2.8 19.5h18.4zM12 10v4.2M12 17v.1',
  arrowLeft: 'M20 12H4M10 6l-6 6 6 6',
  arrowRight: 'M4 12h16M14 6l6 6-6 6',
  back: 'M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3',
  bell: 'M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 20.5a2 2 0 0 0 4 0',
  book: 'M5 4.5h10a3 3 0 0 1 3 3v12H8a3 3 0 0 1-3-3zM5 16.5a3 3 0 0 1 3-3h10',
  building: 'M5 21V4h9v17M14 9h5v12M3 21h18M8 8h3M8 12h3M8 16h3',
  calendar: 'M4 6h16v14H4zM4 10.5h16M8 3v5M16 3v5',
  car: 'M3.5 17v-5l2-5.5h13l2 5.5v5zM3.5 12h17M6 17v2.500M18 17v2.500M7 14.500h.1M17 14.500h.1',
  chart: 'M4 4v16h16M8 16v-4M12 16V8M16 16v-6',
  check: 'M4.5 12.5 10 18 20 6.5',
  checkCircle: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8 12.3l2.8 2.8L16 9.6',
  chevronDown: 'M6 9.5l6 6 6-6',
  chevronLeft: 'M14.5 6l-6 6 6 6',
  chevronRight: 'M9.5 6l6 6-6 6',
  chevronUp: 'M6 15l6-6 6 6',
  circle: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5.2l3.4 2',
  close: 'M6 6l12 12M18 6 6 18',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  desk: 'M3 9h18M5 9v11M19 9v11M5 14h14M9 9V5h6v4',
  door: 'M6 21V3h12v18M3 21h18M14.5 12v.1',
  download: 'M12 4v11M7 11l5 5 5-5M4 20h16',
  edit: 'M4 20l1-4.5L16.5 4 20 7.5 8.5 19zM14 6.5 17.5 10',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z',
  filter: 'M3.5 5h17L14 13v6l-4 1.5V13z',
  group:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M16 4.4a3.5 3.5 0 0 1 0 6.4M18 14.2a6.5 6.5 0 0 1 3.5 5.8',
  help: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9.3 9.4a2.8 2.8 0 1 1 4 2.5c-.9.5-1.3 1-1.3 2M12 16.9v.1',
  info: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5.5M12 7.4v.1',
  key: 'M8 11a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM11 12.5 20 4M16.5 7l2.5 2.5',
  language:
    'M3 6h10M8 3.5V6M11.5 6c-1 4-3.5 7-8 9M5.5 9c1.5 3 3.5 4.8 6 6M12.5 20.5 16.5 11l4 9.500M13.8 17.500h5.4',
  list: 'M9 6h11M9 12h11M9 18h11M4.5 6v.1M4.5 12v.1M4.5 18v.1',
  lock: 'M5 11h14v10H5zM8 11V8a4 4 0 0 1 8 0v3',
  mail: 'M3 5.500h18v13H3zM3 7l9 6.500L21 7',
  menu: 'M4 6.500h16M4 12h16M4 17.500h16',
  message: 'M4 5h16v11h-8l-4.5 4v-4H4z',
  minus: 'M5 12h14',
  moon: 'M20 14.500A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.500z',
  more: 'M5.5 12v.1M12 12v.1M18.5 12v.1',
  offline:
    'M4 4l16 16M8.5 12.800a6 6 0 0 1 3-1.300M5 9.300a11 11 0 0 1 3.5-2.100M12 6a11 11 0 0 1 7 3.300M12 18.500v.1M15 13a6 6 0 0 1 .8.6',
  parcel: 'M4 8l8-4.500L20 8v8.500l-8 4.5-8-4.500zM4 8l8 4.500L20 8M12 12.500V21M8 5.700l8 4.5',
  pass: 'M5 3.500h14v17H5zM9.5 3.500v2h5v-2M12 9a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM8.5 17a3.5 3.5 0 0 1 7 0',
  phone:
    'M6 3.500h3.500l1.5 4.5-2.2 1.600a12 12 0 0 0 5.6 5.600L16 13l4.5 1.500V18a2.5 2.5 0 0 1-2.7 2.500A16 16 0 0 1 3.5 6.2 2.5 2.5 0 0 1 6 3.500z',
  pin: 'M12 21s-7-6-7-11.500a7 7 0 0 1 14 0C19 15 12 21 12 21zM12 7a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z',
  plus: 'M12 5v14M5 12h14',
  print: 'M7 9V3.500h10V9M7 17H3.500V9h17v8H17M7 14h10v6.500H7z',
  refresh:
    'M20 11a8 8 0 0 0-14.5-3.500L4 9.500M4 4v5.500h5.500M4 13a8 8 0 0 0 14.5 3.500L20 14.500M20 20v-5.500h-5.5',
  scan: 'M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.3 15.3 20.5 20.5',
  settings:
    'M4 7h9M19 7h1M4 17h1M11 17h9M16 4.500a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM8 14.500a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z',
  shield: 'M12 3l7.5 3v5.500c0 4.5-3 7.8-7.5 9.5-4.5-1.7-7.5-5-7.5-9.500V6z',
  signOut: 'M10 4H5v16h5M15 8l4 4-4 4M19 12H9',
  signature:
    'M3.5 17c3-1 6.5-12 8.5-11.5 2.5.6-5 10.5-2.5 11 2 .4 3-4 4.5-3.8 1.2.2.3 2.8 1.8 3 1.2.1 2-1 4.7-1M3.5 20.500h17',
  star: 'M12 3.500l2.6 5.5 6 .8-4.4 4.2 1.1 6L12 17.1 6.7 20l1.1-6L3.4 9.800l6-.800z',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.500v2M12 19.500v2M2.5 12h2M19.5 12h2M5.3 5.300l1.4 1.400M17.3 17.300l1.4 1.400M5.3 18.700l1.4-1.400M17.3 6.700l1.4-1.4',
  swap: 'M4 8h15M15 4l4 4-4 4M20 16H5M9 12l-4 4 4 4',
  task: 'M4.5 4.500h15v15h-15zM8.5 12.200l2.5 2.5 4.5-5',
  trash: 'M4 6.500h16M9 6.500V4h6v2.500M6 6.500l1 14h10l1-14M10 10.500v6M14 10.500v6',
  upload: 'M12 16V5M7 9l5-5 5 5M4 20h16',
  user: 'M12 11.500a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.500a7.5 7.5 0 0 1 15 0',
}

export type IconName = keyof typeof paths

interface IconProps {
  name: IconName
  size?: 16 | 20 | 24 | 32
  /** Only when no word stands beside it. */
  label?: string
  className?: string | undefined
}

export function Icon({ name, size = 20, label, className }: IconProps) {
  const shape = (
    <path
      d={paths[name]}
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  )
  const box = {
    width: size,
    height: size,
    viewBox: '0 0 24 24',
    fill: 'none',
    className,
    style: { flex: 'none' },
  }
  return label ? (
    <svg {...box} role="img" aria-label={label}>
      {shape}
    </svg>
  ) : (
    <svg {...box} aria-hidden="true">
      {shape}
    </svg>
  )
}
