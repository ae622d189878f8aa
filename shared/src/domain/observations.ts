/** What a superior notes of a meeting (SUP2): cách làm hay, hạn chế, kiến nghị. */
export const observationKinds = ['goodPractice', 'shortcoming', 'proposal'] as const;
export type ObservationKind = (typeof observationKinds)[number];
