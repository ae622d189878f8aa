import { createContext, useContext } from 'react';

export const layouts = ['speaker', 'grid', 'site'] as const;
export type Layout = (typeof layouts)[number];

/** What the viewer has made of the stage: by its tile's key, which one stays large. */
export interface StageView {
  readonly pinned: string | null;
  /** Null where the stage can't be touched: a television. */
  readonly pin: ((key: string | null) => void) | null;
}

const StageViewContext = createContext<StageView>({ pinned: null, pin: null });
export const StageViewProvider = StageViewContext.Provider;

export function useStageView(): StageView {
  return useContext(StageViewContext);
}

/** @returns the layout after this one, for the key that changes it. */
export function layoutAfter(layout: Layout): Layout {
  return layouts[(layouts.indexOf(layout) + 1) % layouts.length] ?? 'speaker';
}
