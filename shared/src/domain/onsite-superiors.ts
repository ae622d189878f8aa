import { asId, type OnSiteSuperiorId } from '../ids.ts';
import { accept, type Deciders, refuse } from './decision.ts';
import { type Evolvers, put } from './evolution.ts';
import { isOver } from './phase.ts';

type Commands = 'registerSuperior' | 'dismissSuperior';
type Events = 'superiorRegistered' | 'superiorDismissed';

/** Decides which superiors are in a hall (SUP9). That a named account is a superior's was looked up by the door. */
export const decideOnSiteSuperiors: Deciders<Commands> = {
  registerSuperior: (state, { name, office, person, site }, { newId }) => {
    if (isOver(state)) return refuse('meetingOver');
    if (site !== null && !state.sites[site]) return refuse('siteUnknown');
    // Who stands on the roll attends as a member, with a member's duties.
    if (person !== null && state.roll[person]) return refuse('onOwnRoll');
    const here = Object.values(state.onSiteSuperiors).some(
      (superior) => superior.to === null && superior.person === person && superior.site === site,
    );
    if (person !== null && here) return accept();
    const id = asId<OnSiteSuperiorId>(newId());
    return accept({ type: 'superiorRegistered', data: { id, name, office, person, site } });
  },

  dismissSuperior: (state, { id }) => {
    const found = state.onSiteSuperiors[id];
    if (!found) return refuse('personNotSummoned');
    // The end of the meeting ended every stay: nothing follows it in the log.
    if (isOver(state) || found.to !== null) return accept();
    return accept({ type: 'superiorDismissed', data: { id } });
  },
};

/** Folds superiors in a hall. They are of no roll, count in no figure and have no vote. */
export const evolveOnSiteSuperiors: Evolvers<Events> = {
  superiorRegistered: (state, { id, name, office, person, site }, at) => ({
    ...state,
    onSiteSuperiors: put(state.onSiteSuperiors, id, { name, office, person, site, from: at, to: null }),
  }),
  superiorDismissed: (state, { id }, at) => {
    const found = state.onSiteSuperiors[id];
    if (!found) return state;
    return { ...state, onSiteSuperiors: put(state.onSiteSuperiors, id, { ...found, to: at }) };
  },
};
