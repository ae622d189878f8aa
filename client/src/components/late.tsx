import { type ComponentProps, type ComponentType, lazy, type ReactNode, useEffect, useState } from 'react';
import { fetchSteadily, sayMissed, whole } from '../store/parts.ts';
import classes from './late.module.css';
import { LatePlace, PartMissing } from './missing-part.tsx';
import { Loading } from './states.tsx';

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

/** A part that is fetched when it is first drawn, for a {@link LatePlace}, which says when it doesn't come. */
export function fetched<P extends object>(fetchPart: () => Promise<ComponentType<P>>): ComponentType<P> {
  parts.add(fetchPart);
  const begin = () =>
    lazy(async () => {
      try {
        return { default: await fetchSteadily(fetchPart) };
      } catch (error) {
        throw new PartMissing(() => {
          Part = begin();
        }, error);
      }
    });
  let Part: ComponentType<P> = begin();
  return function Fetched(props: P) {
    return <Part {...props} />;
  };
}

interface PlaceProps<P> extends Omit<ComponentProps<typeof LatePlace>, 'children'> {
  readonly props: P;
}

/** @returns a part in its place, and what fetches it; fetched before it is drawn, it is drawn with what is around it. */
function placed<P extends object>(fetchPart: () => Promise<ComponentType<P>>) {
  let there: ComponentType<P> | null = null;
  const fetchNow = async () => {
    there = await whole(fetchPart());
    return there;
  };
  const Part = fetched(fetchNow);
  function Place({ props, ...place }: PlaceProps<P>) {
    const [Ready] = useState(() => there);
    return Ready === null ? (
      <LatePlace {...place}>
        <Part {...props} />
      </LatePlace>
    ) : (
      <Ready {...props} />
    );
  }
  return { Place, fetchNow };
}

type LatePart<P> = ComponentType<P> & { readonly fetch: () => Promise<unknown> };

/**
 * A part that is fetched when it is first drawn; what is around it goes on meanwhile.
 * @param wait what stands there until it has come. Where that is nothing, it is told at the page's edge when it doesn't come.
 */
export function late<P extends object>(
  fetchPart: () => Promise<ComponentType<P>>,
  wait: ReactNode = <Loading />,
): LatePart<P> {
  const { Place, fetchNow } = placed(fetchPart);
  const missing = wait === null ? { instead: null, onMissing: sayMissed } : {};
  const Late = (props: P) => <Place props={props} wait={wait} {...missing} />;
  return Object.assign(Late, { fetch: fetchNow });
}

/** That something is on its way, over what is there. */
export function Coming() {
  return (
    <div className={classes.coming}>
      <Loading />
    </div>
  );
}

interface WindowProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** A window that is fetched when it is first opened; one that doesn't come is told, and may be opened anew. */
export function lateWindow<P extends WindowProps>(
  fetchPart: () => Promise<ComponentType<P>>,
): ComponentType<P> {
  const { Place } = placed(async () => {
    const Window = await fetchPart();
    return function Opening(props: P) {
      // Drawn shut first: a window gives the focus back only to where it was when it saw itself open.
      const [drawn, setDrawn] = useState(false);
      useEffect(() => setDrawn(true), []);
      return <Window {...props} opened={props.opened && drawn} />;
    };
  });
  return function LateWindow(props: P) {
    const [was, setWas] = useState(false);
    const [wanted, setWanted] = useState(false);
    if (props.opened !== was) {
      setWas(props.opened);
      if (props.opened) setWanted(true);
    }
    if (!wanted) return null;
    const missed = () => {
      setWanted(false);
      props.onClose();
      sayMissed();
    };
    return <Place props={props} wait={props.opened && <Coming />} instead={null} onMissing={missed} />;
  };
}
