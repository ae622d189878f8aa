/** Branded identifiers: strings that cannot be taken for one another. All are unguessable, none is a right by itself. */

declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

/** A node of the tree of organizations (đảng bộ); its committee (đảng ủy) governs what is below it. */
export type OrganizationId = Id<'Organization'>;
export type CellId = Id<'Cell'>;
/** A human being, whatever their part: member, superior, guest, administrator. Presence, hand and vote belong to it (ATT1). */
export type PersonId = Id<'Person'>;
export type SiteId = Id<'Site'>;
export type MeetingId = Id<'Meeting'>;
export type VoteId = Id<'Vote'>;
export type AgendaItemId = Id<'AgendaItem'>;
export type SpeakRequestId = Id<'SpeakRequest'>;
export type GuestId = Id<'Guest'>;
/** A superior in a hall, as the clerk registered it: with or without an account. */
export type OnSiteSuperiorId = Id<'OnSiteSuperior'>;
export type BallotId = Id<'Ballot'>;
export type MessageId = Id<'Message'>;
export type ObservationId = Id<'Observation'>;
export type VisitPlanId = Id<'VisitPlan'>;
/** Chosen by the client, unique per meeting and actor; a repeated command is recognised by it. */
export type CommandId = Id<'Command'>;
/** One browser or kiosk, kept between visits; several may belong to one person. */
export type DeviceId = Id<'Device'>;

/** Marks a string that has passed a check as the identifier it was checked for. */
export function asId<T extends Id<string>>(text: string): T {
  return text as T;
}
