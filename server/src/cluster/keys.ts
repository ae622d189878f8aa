/** Everything in one slot, so that a script may touch all of it. */
export const keyPrefix = '{diemcau}:';

export const keys = {
  /** Names of nodes that may live. */
  nodes: `${keyPrefix}nodes`,
  /** By meeting: name and incarnation of the node that it lives on. */
  places: `${keyPrefix}places`,
  /** Channel and stream of the nodes' words to each other. */
  words: `${keyPrefix}words`,
  node: (name: string) => `${keyPrefix}node:${name}`,
};
