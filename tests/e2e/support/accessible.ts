import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const schemes = ['light', 'dark'] as const;

/** Runs in the page: a colour that is still on its way to the other scheme's is no colour to measure. */
async function settled(): Promise<void> {
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const ending = document
    .getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
  // One that stands still never ends.
  const longest = new Promise((over) => setTimeout(over, 1_000));
  await Promise.race([longest, Promise.all(ending.map(({ finished }) => finished.catch(() => undefined)))]);
}

/** In both schemes: nothing that a machine finds serious or worse, and no sideways scrolling. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    await page.evaluate(settled);
    const { violations } = await new AxeBuilder({ page })
      .options({ resultTypes: ['violations'], preload: false })
      .analyze();
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    const faults = grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
    expect(faults, `${colorScheme} ${page.url()}`).toEqual([]);
    const tooWide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(tooWide, 'sideways scrolling').toBeLessThanOrEqual(0);
  }
}
