import { asId, type MessageId } from '../ids.ts';
import { accept, type Deciders, refuse } from './decision.ts';
import type { Evolvers } from './evolution.ts';
import { isLive, isOver } from './phase.ts';

/** Decides a superior's word to the chair, shown there as from whom to whom (SUP1). */
export const decideMessages: Deciders<'messageChair'> = {
  messageChair: (state, { text, to }, { actor, newId }) => {
    if (actor.kind !== 'superior') return refuse('notAllowed');
    if (!isLive(state)) return refuse(isOver(state) ? 'meetingOver' : 'meetingNotOpen');
    const { person, name, office } = actor;
    const id = asId<MessageId>(newId());
    return accept({ type: 'messageReceived', data: { id, person, name, office, text, to } });
  },
};

/** Folds the words to the chair; who is neither officer nor the sender never gets their data. */
export const evolveMessages: Evolvers<'messageReceived'> = {
  messageReceived: (state, { by: _by, cause: _cause, ...message }, at) => ({
    ...state,
    messages: [...state.messages, { ...message, at }],
  }),
};
