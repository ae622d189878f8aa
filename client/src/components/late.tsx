import { type ComponentType, lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { Loading } from './states.tsx';

/** Milliseconds. */
const fetchAgain = 2_000;

/** What the pages that have been loaded may yet open. */
const parts = new Set<() => Promise<unknown>>();

/** Fetches every such part, one after the other: it then opens at once, and on a line that has just gone. */
export async function fetchParts(): Promise<void> {
  for (const fetchPart of parts) {
    parts.delete(fetchPart);
    // What didn't come is fetched again when it is drawn.
    await fetchPart().catch(() => undefined);
  }
}

/** A part that is fetched when it is first drawn, again and again where the line fails just then. */
export function fetched<P extends object>(fetchPart: () => Promise<ComponentType<P>>) {
  parts.add(fetchPart);
  return lazy(async () => {
    for (;;) {
      try {
        return { default: await fetchPart() };
      } catch {
        await new Promise((resolve) => setTimeout(resolve, fetchAgain));
      }
    }
  });
}

type LatePart<P> = ComponentType<P> & { readonly fetch: () => Promise<unknown> };

/**
 * As {@link fetched}; what is around it goes on meanwhile.
 * @param wait what stands there until it has come.
 */
export function late<P extends object>(
  fetchPart: () => Promise<ComponentType<P>>,
  wait: ReactNode = <Loading />,
): LatePart<P> {
  let there: ComponentType<P> | null = null;
  const fetchNow = async () => {
    there = await fetchPart();
    return there;
  };
  const Part = fetched(fetchNow);
  function Late(props: P) {
    // One that has been fetched before is drawn with what is around it.
    const [Ready] = useState(() => there);
    return Ready === null ? (
      <Suspense fallback={wait}>
        <Part {...props} />
      </Suspense>
    ) : (
      <Ready {...props} />
    );
  }
  return Object.assign(Late, { fetch: fetchNow });
}

interface WindowProps {
  readonly opened: boolean;
}

/** A window that is fetched when it is first opened, as {@link late}. */
export function lateWindow<P extends WindowProps>(
  fetchPart: () => Promise<ComponentType<P>>,
): ComponentType<P> {
  const Part = late(async () => {
    const Window = await fetchPart();
    return function Opening(props: P) {
      // Drawn shut first: a window gives the focus back only to where it was when it saw itself open.
      const [drawn, setDrawn] = useState(false);
      useEffect(() => setDrawn(true), []);
      return <Window {...props} opened={props.opened && drawn} />;
    };
  }, null);
  return function LateWindow(props: P) {
    const [wanted, setWanted] = useState(props.opened);
    if (props.opened && !wanted) setWanted(true);
    return wanted ? <Part {...props} /> : null;
  };
}
