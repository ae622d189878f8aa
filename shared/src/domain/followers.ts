import { accept, type Deciders, refuse } from './decision.ts';
import { drop, type Evolvers, put } from './evolution.ts';
import { isLive, isOver } from './phase.ts';

type Commands = 'followFigures' | 'unfollowFigures';

/** Decides who is shown to the cell as following its figures (SUP7). Of a member of the cell nothing is shown: they read them anyway. */
export const decideFollowers: Deciders<Commands> = {
  followFigures: (state, _, { actor }) => {
    if (actor.kind !== 'superior') return refuse('notAllowed');
    if (!isLive(state)) return refuse(isOver(state) ? 'meetingOver' : 'meetingNotOpen');
    const { person, name, office } = actor;
    if (state.followers[person] || state.roll[person]) return accept();
    return accept({ type: 'figuresFollowed', data: { person, name, office } });
  },

  unfollowFigures: (state, _, { actor }) => {
    if (actor.kind !== 'superior') return refuse('notAllowed');
    const { person } = actor;
    return state.followers[person] ? accept({ type: 'figuresUnfollowed', data: { person } }) : accept();
  },
};

/** Folds who follows the figures. */
export const evolveFollowers: Evolvers<'figuresFollowed' | 'figuresUnfollowed'> = {
  figuresFollowed: (state, { person, name, office }, at) => ({
    ...state,
    followers: put(state.followers, person, { name, office, since: at }),
  }),
  figuresUnfollowed: (state, { person }) => ({ ...state, followers: drop(state.followers, person) }),
};
