import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { useSpoken } from '../../../../ui-kit/language.ts'
import { proposedRoute } from '../call-flow.ts'
import { useCallOptions } from '../queries.ts'
import css from './call-panel.module.css'

export interface RouteChoiceProps {
  /** The matter as it is being typed: its words propose a route at once; written down, the server knows better. */
  reason: string
  typing: boolean
  chosen: string | null
  /** What the record speaks for: the matter, whom they want, whose customer it is. */
  suggested: string | null
  /** The proposed one takes the focus, so that Enter goes on. */
  focus: boolean
  busy: boolean
  onChoose: (key: string) => void
}

/** Which way the matter goes; digits choose (C4, C5, C7, C8). */
export function RouteChoice({ reason, typing, chosen, suggested, focus, busy, onChoose }: RouteChoiceProps) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const { data: options } = useCallOptions()
  const routes = options?.routes ?? []
  const proposed =
    (typing ? proposedRoute(reason, routes) : undefined) ?? suggested ?? chosen ?? routes[0]?.key
  useKeys(
    Object.fromEntries(
      routes
        .slice(0, 9)
        .map((route, index) => [
          String(index + 1),
          { label: t('call.route.choose', { name: spoken(route.name) }), run: () => onChoose(route.key) },
        ]),
    ),
    { layer: 'panel', enabled: !busy },
  )
  const hint = spoken(routes.find(({ key }) => key === proposed)?.hint)
  return (
    <section className={css.section} aria-label={t('call.route.title')}>
      <h3>{t('call.route.title')}</h3>
      <div className={css.chipButtons}>
        {routes.map((route, index) => (
          <Button
            // The proposal moves with the words; a new button takes the focus when its turn comes.
            key={`${route.key} ${focus}`}
            kind={route.key === proposed ? 'primary' : 'quiet'}
            keyHint={index < 9 ? String(index + 1) : undefined}
            autoFocus={focus && route.key === proposed}
            disabled={busy}
            onClick={() => onChoose(route.key)}
          >
            {spoken(route.name)}
          </Button>
        ))}
      </div>
      {hint ? <p className={css.quiet}>{hint}</p> : null}
    </section>
  )
}
