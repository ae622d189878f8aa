import { expect, type Page } from '@playwright/test';

export type HandChoice = 'inFavour' | 'against' | 'noOpinion';
export type HandCounts = Readonly<Record<HandChoice | 'notVoted', number>>;

/** Checks people in by tapping their names on the hall's terminal. */
export async function tapIn(hall: Page, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await hall.getByRole('button', { name: `Điểm danh ${name}`, exact: true }).click();
    await expect(hall.getByTestId('hall-person-here').filter({ hasText: name })).toBeVisible();
  }
}

/** Marks for a person of the hall: their name, then the choice. */
export async function markAt(hall: Page, name: string, choice: HandChoice): Promise<void> {
  const elector = hall.getByTestId('hall-elector').filter({ hasText: name });
  await elector.click();
  await hall.getByTestId('hall-pick').getByTestId(`choice-${choice}`).click();
  await expect(elector).toContainText('đã biểu quyết');
}

/** Types the teller's four numbers and sends them. */
export async function enterCount(hall: Page, counts: HandCounts): Promise<void> {
  for (const [field, count] of Object.entries(counts))
    await hall.getByTestId(`count-${field}`).fill(`${count}`);
  await hall.getByTestId('count-send').click();
}
