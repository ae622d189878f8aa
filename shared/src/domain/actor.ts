import type { PersonId, SiteId } from '../ids.ts';

/** Who a command comes from, as the session tells it (never the payload). */
export type Actor =
  /** `provenAt`: the site whose rotating code the door has checked (ATT4). */
  | { readonly kind: 'person'; readonly person: PersonId; readonly provenAt?: SiteId }
  /** A superior's right over the cell was looked up by the door. */
  | { readonly kind: 'superior'; readonly person: PersonId; readonly name: string; readonly office: string }
  | {
      readonly kind: 'terminal';
      readonly site: SiteId;
      readonly terminal: string;
      readonly responsible: PersonId;
    }
  | { readonly kind: 'system' };

/** An actor as events name it. */
export type ActorRef =
  | { readonly kind: 'person'; readonly person: PersonId }
  | { readonly kind: 'terminal'; readonly site: SiteId; readonly responsible: PersonId }
  | { readonly kind: 'system' };

/** @returns how events name the actor. */
export function refOf(actor: Actor): ActorRef {
  switch (actor.kind) {
    case 'person':
    case 'superior':
      return { kind: 'person', person: actor.person };
    case 'terminal':
      return { kind: 'terminal', site: actor.site, responsible: actor.responsible };
    case 'system':
      return { kind: 'system' };
  }
}

/** A string that is the same for the same actor, for recognising repeated commands. */
export function actorKey(actor: ActorRef): string {
  switch (actor.kind) {
    case 'person':
      return `person:${actor.person}`;
    case 'terminal':
      return `terminal:${actor.site}`;
    case 'system':
      return 'system';
  }
}
