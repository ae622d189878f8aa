import { Observable, type Readable } from '../store/observable.ts';

/**
 * Estimates the server's clock. Of several exchanges the one with the shortest way there and back is believed: half of
 * its length is the largest error it can have.
 */
export class ServerClock {
  readonly #localNow: () => number;
  readonly #offset = new Observable(0);
  #best = Number.POSITIVE_INFINITY;

  constructor(localNow: () => number = Date.now) {
    this.#localNow = localNow;
  }

  /** Milliseconds to add to this device's clock. */
  get offset(): Readable<number> {
    return this.#offset;
  }

  /** @returns the server's time now, milliseconds since 1970. */
  readonly now = (): number => this.#localNow() + this.#offset.get();

  /** Takes in an exchange: when it was sent and answered on this device's clock, and the server's time in the answer. */
  add(exchange: { readonly sentAt: number; readonly answeredAt: number; readonly serverNow: number }): void {
    const roundTrip = exchange.answeredAt - exchange.sentAt;
    if (roundTrip < 0 || roundTrip > this.#best) return;
    this.#best = roundTrip;
    this.#offset.set(Math.round(exchange.serverNow - (exchange.sentAt + exchange.answeredAt) / 2));
  }

  /** Forgets how good earlier exchanges were: the device may have slept and its clock been set. */
  expectDrift(): void {
    this.#best = Number.POSITIVE_INFINITY;
  }
}
