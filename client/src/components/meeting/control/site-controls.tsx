import { isPersonPresent } from '@diemcau/shared/domain/presence.ts';
import { rollByName, sitesInOrder } from '@diemcau/shared/domain/selectors.ts';
import type { SiteState } from '@diemcau/shared/domain/state.ts';
import type { PersonId } from '@diemcau/shared/ids.ts';
import { Button, NativeSelect } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { titleOf } from '../../../hooks/meeting/names.ts';
import { type SiteCode, useMay, useRoom } from '../../../hooks/meeting/room.ts';
import { timeOfDay } from '../../../hooks/meeting/time.ts';
import { useGive } from '../../../hooks/meeting/use-give.ts';
import { useLocale, useText } from '../../../hooks/meeting/use-text.ts';
import classes from './control.module.css';

function SiteCodeBox({ site }: { readonly site: SiteState }) {
  const { issueSiteCode } = useRoom();
  const t = useText();
  const locale = useLocale();
  const terminal = site.terminal?.id ?? null;
  const [issued, setIssued] = useState<{ readonly code: SiteCode; readonly before: string | null } | null>(
    null,
  );
  const [busy, setBusy] = useState(false);
  // It opens one terminal once: with that it has done its work, and the next laptop needs another.
  const code = issued?.before === terminal ? issued.code : null;
  const issue = async () => {
    setBusy(true);
    const answer = await issueSiteCode(site.id);
    setBusy(false);
    if (answer.ok) setIssued({ code: answer.value, before: terminal });
    else notifications.show({ title: t('common.refused'), message: answer.message, color: 'orange' });
  };
  if (code === null) {
    return (
      <Button
        variant="default"
        mih={44}
        size="compact-md"
        loading={busy}
        leftSection={<IconKey size={18} />}
        onClick={() => void issue()}
        aria-label={`${t('control.siteCode')}: ${site.name}`}
        data-testid={`site-code-${site.id}`}
      >
        {t('control.siteCode')}
      </Button>
    );
  }
  const until =
    code.expiresAt === null ? '' : t('control.siteCodeUntil', { time: timeOfDay(code.expiresAt, locale) });
  return (
    <div className={classes.code} role="status">
      <span>{t('control.siteCodeShown', { site: site.name })}</span>
      <output className={classes.codeDigits} data-testid="site-code">
        {code.code}
      </output>
      <span className={classes.hint}>{t('control.siteCodeHint', { until })}</span>
      <Button variant="subtle" mih={44} size="compact-md" loading={busy} onClick={() => void issue()}>
        {t('control.siteCodeAgain')}
      </Button>
    </div>
  );
}

/** The sites: connection, code for the terminal, how hands are taken, teller. */
export function SiteControls() {
  const { state } = useRoom();
  const t = useText();
  const may = useMay();
  const { give } = useGive();
  if (!may('nameTeller') || state.endedAt !== null) return null;
  const candidates = rollByName(state).filter(
    (entry) => state.phase !== 'open' || isPersonPresent(state, entry.person),
  );
  return (
    <section className={classes.sites}>
      <h3 className={classes.heading}>{t('control.sites')}</h3>
      {sitesInOrder(state).map((site) => (
        <div key={site.id} className={classes.site} data-testid={`site-${site.id}`}>
          <p className={classes.siteName}>
            {site.name}
            <span className={classes.hint}>
              {' · '}
              {t(
                site.terminal === null
                  ? 'control.siteNotOpen'
                  : site.terminal.line === 'up'
                    ? 'control.siteUp'
                    : 'control.siteDark',
              )}
            </span>
          </p>
          <SiteCodeBox site={site} />
          <NativeSelect
            label={t('control.method')}
            value={site.method}
            disabled={state.openVote !== null}
            onChange={(event) =>
              void give({
                type: 'setSiteMethod',
                site: site.id,
                method: event.currentTarget.value === 'byTeller' ? 'byTeller' : 'byName',
              })
            }
            data={[
              { value: 'byName', label: t('control.byName') },
              { value: 'byTeller', label: t('control.byTeller') },
            ]}
          />
          {site.method === 'byTeller' && (
            <NativeSelect
              label={t('control.teller', { site: site.name })}
              value={site.teller ?? ''}
              onChange={(event) => {
                const person = event.currentTarget.value as PersonId;
                if (person !== '') void give({ type: 'nameTeller', site: site.id, person });
              }}
              data={[
                { value: '', label: t('control.tellerNone') },
                ...candidates.map((entry) => ({
                  value: entry.person as string,
                  label: titleOf(state, entry.person),
                })),
              ]}
            />
          )}
        </div>
      ))}
    </section>
  );
}
