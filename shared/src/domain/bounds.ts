import type { Command, CommandType } from './commands.ts';
import type { MeetingState } from './state.ts';

/** How many a meeting holds of what somebody may add without end, and how many there are. */
interface Bound<T extends CommandType> {
  readonly most: number;
  readonly held: (state: MeetingState, command: Extract<Command, { type: T }>) => number;
}

const size = (record: object) => Object.keys(record).length;

/** Far above what any meeting needs; the state that everybody loads at their arrival stays small (SEC11). */
const bounds: { readonly [T in CommandType]?: Bound<T> } = {
  registerGuest: { most: 300, held: ({ guests }) => size(guests) },
  registerSuperior: { most: 100, held: ({ onSiteSuperiors }) => size(onSiteSuperiors) },
  addAgendaItem: { most: 200, held: ({ agenda }) => agenda.length },
  writeOpinion: { most: 1_000, held: opinions },
  openVote: { most: 200, held: ({ voteOrder }) => voteOrder.length },
  recordBallot: { most: 200, held: ({ ballots }) => ballots.length },
  wordMinutes: { most: 200, held: ({ wording }, { part }) => (part in wording ? 0 : size(wording)) },
  proposeSupplement: { most: 50, held: ({ supplements }) => supplements.length },
  messageChair: { most: 500, held: ({ messages }) => messages.length },
};

/** Those that wait and those that were read. */
function opinions({ speaking: { queue, given } }: MeetingState): number {
  return queue.length + given.length;
}

/** @returns how many there may be, where the command would add one too many; null where it may. */
export function exceeded(state: MeetingState, command: Command): number | null {
  const bound = bounds[command.type] as Bound<CommandType> | undefined;
  return bound !== undefined && bound.held(state, command) >= bound.most ? bound.most : null;
}
