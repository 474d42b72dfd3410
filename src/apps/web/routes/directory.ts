import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { desk, needs, print } from './shells.ts'

const directory = createRoute({
  getParentRoute: () => desk,
  path: '/directory',
  beforeLoad: needs('directory.read'),
  validateSearch: (search): { employee?: string } =>
    typeof search.employee === 'string' ? { employee: search.employee } : {},
  component: lazyRouteComponent(
    () => import('../../../modules/directory/ui/desk/directory.tsx'),
    'Directory',
  ),
})

const extensions = createRoute({
  getParentRoute: () => desk,
  path: '/extensions',
  beforeLoad: needs('directory.read'),
  component: lazyRouteComponent(() => import('../screens/extension-list.tsx'), 'ExtensionList'),
})

const printExtensions = createRoute({
  getParentRoute: () => print,
  path: '/print/extensions',
  beforeLoad: needs('directory.read'),
  component: lazyRouteComponent(() => import('../screens/extension-list.tsx'), 'PrintedExtensionList'),
})

/** Screens of the module by shell. */
export const directoryScreens = {
  desk: [directory, extensions],
  print: [printExtensions],
} as const
