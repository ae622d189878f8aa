import { attendanceOf } from '@diemcau/shared/domain/presence.ts';
import { attendanceFigures } from '@diemcau/shared/domain/selectors.ts';
import { asId, type PersonId } from '@diemcau/shared/ids.ts';
import { useRoom } from '../../../hooks/meeting/room.ts';
import { type PeopleGroup, peopleGroups } from '../../../hooks/meeting/rosters.ts';
import { timeOfDay } from '../../../hooks/meeting/time.ts';
import { useLocale, useText } from '../../../hooks/meeting/use-text.ts';
import { useWallText } from '../../../hooks/wall/use-wall-text.ts';
import classes from './people.module.css';
import { PersonName } from './person-name.tsx';
import { PresenceBadge } from './presence-badge.tsx';

/** @returns what stands above a group of people. */
export function useGroupTitle(): (group: PeopleGroup) => string {
  const t = useText();
  return (group) => (group.kind === 'site' ? group.site.name : t(`people.${group.kind}`));
}

/** Attendance in figures. */
export function Figures() {
  const { state } = useRoom();
  const t = useText();
  const { present, summoned, rate, byMode } = attendanceFigures(state);
  const absent = byMode.absentExcused + byMode.absentUnexcused + byMode.left;
  return (
    <p className={classes.figures} data-testid="attendance-figures">
      {t('people.rate', {
        present,
        summoned,
        percent: rate ?? 0,
        threshold: state.facts?.rules.attendanceThreshold ?? 0,
      })}
      <br />
      {t('people.modes', {
        onSite: byMode.onSite,
        remote: byMode.remote + byMode.reconnecting,
        away: byMode.away,
        absent,
      })}
      {byMode.expected > 0 &&
        state.rollCall === 'pending' &&
        ` · ${t('people.expectedCount', { count: byMode.expected })}`}
    </p>
  );
}

/** Superiors in the meeting, and those who follow its figures: always seen by all. */
export function SuperiorList() {
  const { state } = useRoom();
  const t = useText();
  const wall = useWallText();
  const locale = useLocale();
  const superiors = Object.entries(state.superiors);
  const followers = Object.entries(state.followers).filter(
    ([person]) => state.superiors[asId<PersonId>(person)] === undefined,
  );
  const since = (at: number) => ({ time: timeOfDay(at, locale) });
  return (
    <>
      {superiors.length > 0 && (
        <section data-testid="superior-list">
          <h3 className={classes.groupTitle}>{t('people.superiors')}</h3>
          <ul className={classes.list}>
            {superiors.map(([person, superior]) => (
              <li key={person} className={classes.row}>
                <span className={classes.person}>
                  <span className={classes.personName}>{superior.name}</span>
                  <span className={classes.tags}>
                    {superior.office} · {wall('openness.attendsSince', since(superior.since))}
                    {superior.focusedSince !== null && ` · ${wall('openness.listens')}`}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {followers.length > 0 && (
        <section data-testid="follower-list">
          <h3 className={classes.groupTitle}>{wall('openness.followers')}</h3>
          <ul className={classes.list}>
            {followers.map(([person, follower]) => (
              <li key={person} className={classes.row}>
                <span className={classes.person}>
                  <span className={classes.personName}>{follower.name}</span>
                  <span className={classes.tags}>
                    {follower.office} · {wall('openness.followsSince', since(follower.since))}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** Everybody by site, with presence in words. */
export function PeopleList() {
  const { state } = useRoom();
  const titleOfGroup = useGroupTitle();
  return (
    <div className={classes.people}>
      <Figures />
      <SuperiorList />
      {peopleGroups(state)
        .filter((group) => group.people.length > 0)
        .map((group) => (
          <section key={group.kind === 'site' ? group.site.id : group.kind}>
            <h3 className={classes.groupTitle}>
              {titleOfGroup(group)} <span className={classes.count}>{group.people.length}</span>
            </h3>
            <ul className={classes.list}>
              {group.people.map((entry) => {
                const { presence, provisional } = attendanceOf(state, entry.person);
                return (
                  <li key={entry.person} className={classes.row}>
                    <PersonName entry={entry} />
                    <PresenceBadge mode={presence.mode} provisional={provisional} />
                  </li>
                );
              })}
            </ul>
          </section>
        ))}
    </div>
  );
}
