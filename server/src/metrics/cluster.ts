import { Counter, Gauge, type Registry } from 'prom-client';

/** What a node of several tells of its ownership. */
export interface ClusterMeter {
  leaseChanged(change: 'taken' | 'ended' | 'away' | 'back'): void;
  /** A meeting has come here: nobody had it, its node was dead, or its node gave it. */
  placed(act: 'placed' | 'taken' | 'handedOver' | 'kept'): void;
}

export interface ClusterSources {
  /** How many meetings this node holds now. */
  readonly owned: () => number;
  /** How many nodes it sees, itself among them. */
  readonly nodes: () => number;
}

/** Figures of a server that is one of several; only registered where it is. */
export class ClusterMetrics implements ClusterMeter {
  readonly #leases: Counter<'change'>;
  readonly #placed: Counter<'from'>;

  constructor(registry: Registry, { owned, nodes }: ClusterSources) {
    const registers = [registry];
    this.#leases = new Counter({
      name: 'diemcau_cluster_lease_changes_total',
      help: 'Changes of this node’s lease: taken, ended, Redis away, Redis back.',
      labelNames: ['change'],
      registers,
    });
    for (const change of ['taken', 'ended', 'away', 'back'] as const) this.#leases.inc({ change }, 0);
    this.#placed = new Counter({
      name: 'diemcau_cluster_meetings_taken_total',
      help: 'Meetings that have come to this node: from nobody, from a dead node, handed over.',
      labelNames: ['from'],
      registers,
    });
    for (const from of ['nobody', 'deadNode', 'handedOver'] as const) this.#placed.inc({ from }, 0);
    new Gauge({
      name: 'diemcau_cluster_meetings_owned',
      help: 'Meetings whose owner this node is.',
      registers,
      collect() {
        this.set(owned());
      },
    });
    new Gauge({
      name: 'diemcau_cluster_nodes',
      help: 'Nodes whose lease stands, as this one sees it.',
      registers,
      collect() {
        this.set(nodes());
      },
    });
  }

  leaseChanged(change: 'taken' | 'ended' | 'away' | 'back'): void {
    this.#leases.inc({ change });
  }

  placed(act: 'placed' | 'taken' | 'handedOver' | 'kept'): void {
    if (act === 'placed') this.#placed.inc({ from: 'nobody' });
    else if (act === 'taken') this.#placed.inc({ from: 'deadNode' });
    else if (act === 'handedOver') this.#placed.inc({ from: 'handedOver' });
  }
}
