import type { SiteId } from '../ids.ts';
import { endSuperior } from './attendance.ts';
import { accept, type Deciders, refuse } from './decision.ts';
import { type Evolvers, put } from './evolution.ts';
import { officeShut } from './officers.ts';
import { isLive, isOver } from './phase.ts';
import { isPersonPresent } from './presence.ts';
import { speakingEndOf } from './speaking.ts';
import type { MeetingState, SiteState } from './state.ts';

type Commands = 'openSite' | 'setSiteMethod' | 'nameTeller' | 'attendAsSuperior' | 'leaveAsSuperior';
type Events =
  | 'siteOpened'
  | 'siteWentDark'
  | 'siteCameBack'
  | 'siteMethodSet'
  | 'tellerNamed'
  | 'superiorArrived'
  | 'superiorLeft';

/** Decides what concerns sites (SITE1, SITE3) and the attendance of superiors. */
export const decideSites: Deciders<Commands> = {
  openSite: (state, { site, terminal, responsible }) => {
    if (!state.sites[site]) return refuse('siteUnknown');
    if (!isLive(state)) return refuse(isOver(state) ? 'meetingOver' : 'meetingNotSummoned');
    return (
      officeShut(state.roll[responsible]) ??
      accept({ type: 'siteOpened', data: { site, terminal, responsible } })
    );
  },

  setSiteMethod: (state, { site, method }) => {
    const found = state.sites[site];
    if (!found) return refuse('siteUnknown');
    if (isOver(state)) return refuse('meetingOver');
    return found.method === method ? accept() : accept({ type: 'siteMethodSet', data: { site, method } });
  },

  nameTeller: (state, { site, person }) => {
    if (!state.sites[site]) return refuse('siteUnknown');
    if (isOver(state)) return refuse('meetingOver');
    const shut = officeShut(state.roll[person]);
    if (shut) return shut;
    if (state.phase === 'open' && !isPersonPresent(state, person)) return refuse('notPresent');
    return accept({ type: 'tellerNamed', data: { site, person } });
  },

  attendAsSuperior: (state, _, { actor }) => {
    if (actor.kind !== 'superior') return refuse('notAllowed');
    if (!isLive(state)) return refuse(isOver(state) ? 'meetingOver' : 'meetingNotOpen');
    if (state.superiors[actor.person]) return accept();
    const { person, name, office } = actor;
    return accept({ type: 'superiorArrived', data: { person, name, office } });
  },

  leaveAsSuperior: (state, _, { actor }) => {
    if (actor.kind !== 'superior') return refuse('notAllowed');
    // The end of the meeting ended every attendance: nothing follows it in the log.
    if (isOver(state) || !state.superiors[actor.person]) return accept();
    return accept(...speakingEndOf(state, [actor.person]), {
      type: 'superiorLeft',
      data: { person: actor.person },
    });
  },
};

function mapSite(state: MeetingState, id: SiteId, change: (site: SiteState) => SiteState): MeetingState {
  const found = state.sites[id];
  return found ? { ...state, sites: put(state.sites, id, change(found)) } : state;
}

function withLine(site: SiteState, line: 'up' | 'dark', at: number): SiteState {
  return site.terminal ? { ...site, terminal: { ...site.terminal, line, lineSince: at } } : site;
}

/** Folds sites and superiors. Nothing here touches anyone's presence (SITE1). */
export const evolveSites: Evolvers<Events> = {
  siteOpened: (state, { site, terminal, responsible }, at) =>
    mapSite(state, site, (found) => ({
      ...found,
      terminal: { id: terminal, responsible, line: 'up', lineSince: at },
    })),
  siteWentDark: (state, { site }, at) => mapSite(state, site, (found) => withLine(found, 'dark', at)),
  siteCameBack: (state, { site }, at) => mapSite(state, site, (found) => withLine(found, 'up', at)),
  siteMethodSet: (state, { site, method }) => mapSite(state, site, (found) => ({ ...found, method })),
  tellerNamed: (state, { site, person }) => mapSite(state, site, (found) => ({ ...found, teller: person })),
  superiorArrived: (state, { person, name, office }, at) => ({
    ...state,
    superiors: put(state.superiors, person, {
      name,
      office,
      since: at,
      graceEndsAt: null,
      focusedSince: null,
      focused: 0,
    }),
  }),
  superiorLeft: (state, { person }, at) => endSuperior(state, person, at),
};
