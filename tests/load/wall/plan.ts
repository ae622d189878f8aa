/** The same for product and baseline: one superior's screen on many live meetings. */
export const plan = {
  meetings: 16,
  /** SFU processes of the server. */
  workers: 2,
  /** Layers that each meeting's camera sends. */
  layers: 3,
  /**
   * Milliseconds between two clicks of any way: a camera answers one request for a key frame a second, and clicks that follow closer
   * would measure that bound alone.
   */
  rest: 1_500,
  /** Clicks a way. */
  runs: 10,
  /** A tile of a grid of sixteen, device pixels. */
  tile: { width: 300, height: 169 },
  /** A tile of a grid of four, and the only one. */
  quarter: { width: 620, height: 349 },
  whole: { width: 1240, height: 698 },
  /** Milliseconds over which a rate is measured. */
  window: 6_000,
  /** How many superiors watch the same meetings. */
  superiors: [1, 4, 16],
  /** Milliseconds for which the server keeps what is needed no more; past it a wall is cold. */
  linger: 1_000,
} as const;
