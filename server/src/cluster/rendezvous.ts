import { createHash } from 'node:crypto';

/**
 * The one of several nodes that a meeting goes to when it has no home: highest random weight, so that every node chooses
 * alike without asking, and a node that leaves spreads its meetings over all that stay.
 * @returns null for no node.
 */
export function chosenNode<N extends { readonly name: string }>(
  nodes: readonly N[],
  meetingId: string,
): N | null {
  let best: N | null = null;
  let most = '';
  for (const node of nodes) {
    const weight = createHash('sha1').update(`${node.name}\n${meetingId}`).digest('hex');
    if (best !== null && weight <= most) continue;
    best = node;
    most = weight;
  }
  return best;
}
