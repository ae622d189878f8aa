/** Links to style sheets that did not come, by their address. */
const dead = new Map<string, HTMLLinkElement>();
let coming: Promise<void> | null = null;

/**
 * Notes style sheets that fail, from now on. What fetches a part of the page says so once, and then takes its sheet for fetched:
 * asked again, it would have the part drawn without its colours.
 */
export function watchStyles(): void {
  window.addEventListener(
    'error',
    ({ target }) => {
      if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') dead.set(target.href, target);
    },
    true,
  );
}

async function fetchAgain(link: HTMLLinkElement): Promise<void> {
  const copy = document.createElement('link');
  copy.rel = 'stylesheet';
  copy.crossOrigin = link.crossOrigin;
  copy.nonce = link.nonce;
  copy.href = link.href;
  const came = new Promise((resolve, reject) => {
    copy.addEventListener('load', resolve);
    copy.addEventListener('error', () => reject(new Error(`Unable to preload CSS for ${copy.href}`)));
  });
  // In its place: of two rules the later one holds.
  link.replaceWith(copy);
  await came;
  dead.delete(copy.href);
}

/** Fetches once more what did not come. @throws when it doesn't come either. */
export function stylesThere(): Promise<void> {
  coming ??= Promise.all([...dead.values()].map(fetchAgain)).then(
    () => {
      coming = null;
    },
    (error: unknown) => {
      coming = null;
      throw error;
    },
  );
  return coming;
}
