import type { Page } from '@playwright/test';

/** Lets the page's device believe in a time that is wrong by so many milliseconds. Before its first page. */
export async function setWrongClock(page: Page, by: number): Promise<void> {
  await page.addInitScript(beWrong, by);
}

function beWrong(first: number): void {
  const origin = performance.timeOrigin;
  const steady = performance.now.bind(performance);
  const Right = Date;
  let skew = first;
  const wrong = () => Right.now() + skew;
  window.Date = new Proxy(Right, {
    construct: (target, args) => (args.length === 0 ? new target(wrong()) : Reflect.construct(target, args)),
    get: (target, key) => (key === 'now' ? wrong : Reflect.get(target, key)),
  });
  Object.defineProperty(performance, 'timeOrigin', { value: origin + first });
  Object.assign(window, {
    rightNow: () => origin + steady(),
    jumpClock: (by: number) => {
      skew += by;
    },
  });
}

/** Sets the device's clock while the page is being used. */
export async function jumpClock(page: Page, by: number): Promise<void> {
  await page.evaluate((more) => Reflect.get(window, 'jumpClock')(more), by);
}

/** When a text on the page turned to what: the text, and the right time of this computer, milliseconds. */
export type Turns = ReadonlyMap<string, number>;

/** Watches an element's text for some time. @returns each text and when it appeared. */
export async function turnsOf(page: Page, testId: string, milliseconds: number): Promise<Turns> {
  const seen = await page.evaluate(
    async ([id, time]) => {
      const rightNow: () => number =
        Reflect.get(window, 'rightNow') ?? (() => performance.timeOrigin + performance.now());
      const found: [string, number][] = [];
      let last = document.querySelector(`[data-testid=${id}]`)?.textContent;
      const look = () => {
        const text = document.querySelector(`[data-testid=${id}]`)?.textContent ?? '';
        if (text === last) return;
        last = text;
        found.push([text, rightNow()]);
      };
      const observer = new MutationObserver(look);
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      await new Promise((resolve) => setTimeout(resolve, time));
      observer.disconnect();
      return found;
    },
    [testId, milliseconds] as const,
  );
  return new Map(seen);
}
