import { audienceOf, eventFor, isForAll, mayRead } from '@diemcau/shared/domain/audience.ts';
import type { LoggedEvent } from '@diemcau/shared/domain/events.ts';
import { redact } from '@diemcau/shared/domain/redact.ts';
import type { Publication } from '../meeting/room.ts';
import { type Seat, viewerFor } from './seat.ts';
import type { DoorServer } from './server.ts';

/** Seats that see the same of a publication. */
interface View {
  readonly seats: Seat[];
  readonly events: readonly LoggedEvent[];
}

/**
 * Sends durable events to a meeting's seats. What is the same for all is built and encoded once; where an event is not for
 * everybody, once for each distinct view.
 */
export function publishTo(io: DoorServer, seats: ReadonlySet<Seat>, publication: Publication): void {
  if (seats.size === 0) return;
  const { before, after, events } = publication;
  const { meetingId } = publication.room;
  const officersChanged = before.officers !== after.officers;
  if (!officersChanged && events.every(({ type }) => isForAll(type))) {
    io.local.to(meetingRoom(meetingId)).emit('events', { meetingId, events });
    return;
  }
  const renewed: Seat[] = [];
  const staying: Seat[] = [];
  for (const seat of seats) {
    const changed = officersChanged && viewerFor(seat, before).officer !== viewerFor(seat, after).officer;
    (changed ? renewed : staying).push(seat);
  }
  for (const view of viewsOf(staying, publication)) {
    io.local
      .to(view.seats.map(({ socketId }) => socketId))
      .emit('events', { meetingId, events: view.events });
  }
  for (const seat of renewed) {
    const viewer = viewerFor(seat, after);
    const { head } = publication.room;
    io.local.to(seat.socketId).emit('snapshot', { meetingId, snapshot: redact(after, viewer), head, viewer });
  }
}

/** The Socket.IO room of a meeting's seats. */
export function meetingRoom(meetingId: string): string {
  return `meeting:${meetingId}`;
}

function viewsOf(seats: readonly Seat[], { after, events }: Publication): Iterable<View> {
  const audiences = events.filter(({ type }) => !isForAll(type)).map(audienceOf);
  const views = new Map<string, View>();
  for (const seat of seats) {
    const viewer = viewerFor(seat, after);
    const key = audiences.map((audience) => (mayRead(audience, viewer) ? 1 : 0)).join('');
    const view = views.get(key) ?? { seats: [], events: events.map((event) => eventFor(event, viewer)) };
    view.seats.push(seat);
    views.set(key, view);
  }
  return views.values();
}
