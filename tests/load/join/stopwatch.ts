import type { BrowserContext, Page } from '@playwright/test';
import type { JoinTimes } from './plan.ts';

/** What is measured in a page, by selectors. */
export interface Marks {
  /** What is clicked to enter. */
  readonly click: string;
  /** What is there once the meeting's state stands on the screen. */
  readonly state: string;
}

interface Times {
  click: number | null;
  state: number | null;
  frame: number | null;
}

/** Runs in the page: looks at nothing but the page's own elements, the same in product and baseline. */
function watch(marks: Marks): void {
  const times: Times = { click: null, state: null, frame: null };
  Object.assign(window, { stopwatch: times });
  const videos = new WeakSet<HTMLVideoElement>();
  // After the frame in which it was laid out has been handed to the screen.
  const afterPaint = (done: () => void) => requestAnimationFrame(() => setTimeout(done, 0));
  window.addEventListener(
    'click',
    (event) => {
      if (event.target instanceof Element && event.target.closest(marks.click))
        times.click ??= event.timeStamp;
    },
    { capture: true },
  );
  const look = () => {
    if (times.click === null) return;
    if (times.state === null && document.querySelector(marks.state)?.checkVisibility() === true) {
      times.state = Number.NaN;
      afterPaint(() => {
        times.state = performance.now();
      });
    }
    for (const video of document.querySelectorAll('video')) {
      if (videos.has(video)) continue;
      videos.add(video);
      video.requestVideoFrameCallback((now) => {
        times.frame ??= now;
      });
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true });
}

/** To be called before the pages of a context are opened. */
export async function install(context: BrowserContext, marks: Marks): Promise<void> {
  await context.addInitScript(watch, marks);
}

/** Clicks, and waits for state and first frame. */
export async function measure(page: Page, marks: Marks): Promise<JoinTimes> {
  await page.click(marks.click);
  const handle = await page.waitForFunction(
    () => {
      const { click, state, frame } = (window as unknown as { stopwatch: Times }).stopwatch;
      if (click === null || state === null || Number.isNaN(state) || frame === null) return null;
      return { state: state - click, frame: frame - click };
    },
    undefined,
    { timeout: 20_000, polling: 50 },
  );
  const times = await handle.jsonValue();
  if (times === null) throw new Error('nothing was measured');
  return times;
}
