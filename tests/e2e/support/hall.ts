import type { Counts } from '@diemcau/shared/domain/vote-types.ts';
import { type Browser, expect, type Page } from '@playwright/test';
import { newPage } from './pages.ts';

/** A new laptop opens the hall with the code that was read out to it (SITE2, SITE3). */
export async function openHall(browser: Browser, url: string, code: string): Promise<Page> {
  const page = await newPage(browser, url);
  await page.goto('/diem-cau');
  await page.getByLabel('Mã điểm cầu').fill(code);
  await page.getByRole('button', { name: 'Mở điểm cầu' }).click();
  await expect(page.getByTestId('terminal')).toBeVisible();
  return page;
}

/** Asks for the hall's code at the console of chair or clerk. @returns the code as it is shown there. */
export async function codeFor(console: Page, site: string): Promise<string> {
  await console.getByRole('tab', { name: 'Điều hành' }).click();
  await console.getByTestId(`site-code-${site}`).click();
  const code = await console.getByTestId(`site-${site}`).getByTestId('site-code').innerText();
  return code.trim();
}

/** Checks people in by tapping their names; who takes part from afar says so under the name. */
export async function tapIn(hall: Page, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await hall.getByRole('button', { name: new RegExp(`^Điểm danh ${name}( Trực tuyến)?$`) }).click();
    await expect(hall.getByTestId('hall-person-here').filter({ hasText: name })).toBeVisible();
  }
}

/** Types the teller's numbers; the form stands at a terminal, or in a window of the console. */
export async function typeCount(page: Page, counts: Partial<Counts>): Promise<void> {
  for (const [field, count] of Object.entries(counts))
    await page.getByTestId(`count-${field}`).fill(String(count));
}
