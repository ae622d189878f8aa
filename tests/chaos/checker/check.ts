import type { Ledger } from '../ledger.ts';
import { checkChains } from './chain.ts';
import { checkCommands } from './commands.ts';
import type { Finding } from './findings.ts';
import type { StoredLog } from './stored.ts';
import { checkVotes, type VoteTotals } from './votes.ts';

/** Checks a stored log by itself and against what the bots were told. */
export async function checkStored(
  log: StoredLog,
  told: Pick<Ledger, 'given' | 'sightings' | 'contradictions'>,
): Promise<{ readonly findings: readonly Finding[]; readonly totals: VoteTotals }> {
  const votes = checkVotes(log);
  return {
    findings: [...(await checkChains(log)), ...checkCommands(log, told), ...votes.findings],
    totals: votes.totals,
  };
}
