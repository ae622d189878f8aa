import type { SiteId } from '../ids.ts';
import { accept, type Deciders, refuse } from './decision.ts';
import { type Evolvers, put } from './evolution.ts';
import { officeShut } from './officers.ts';
import { isLive, isOver } from './phase.ts';
import { isPersonPresent } from './presence.ts';
import type { MeetingState, SiteState } from './state.ts';

type Commands = 'openSite' | 'setSiteMethod' | 'nameTeller';
type Events = 'siteOpened' | 'siteWentDark' | 'siteCameBack' | 'siteMethodSet' | 'tellerNamed';

/** Decides what concerns sites (SITE1, SITE3). */
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
};

function mapSite(state: MeetingState, id: SiteId, change: (site: SiteState) => SiteState): MeetingState {
  const found = state.sites[id];
  return found ? { ...state, sites: put(state.sites, id, change(found)) } : state;
}

function withLine(site: SiteState, line: 'up' | 'dark', at: number): SiteState {
  return site.terminal ? { ...site, terminal: { ...site.terminal, line, lineSince: at } } : site;
}

/** Folds sites. Nothing here touches anyone's presence (SITE1). */
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
};
