/** What a benchmark found. `figures` are the product's, `baseline` the bare libraries' of the same run. */
export interface BenchReport {
  readonly bench: string;
  readonly figures: Readonly<Record<string, number>>;
  readonly baseline: Readonly<Record<string, number>>;
  /** Product over baseline. */
  readonly ratios: Readonly<Record<string, number>>;
  readonly aims: Readonly<Record<string, { readonly bound: number; readonly held: boolean }>>;
}

/** @returns the p-th percentile (0–100) of the samples, by the nearest rank. */
export function percentile(samples: readonly number[], p: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil((p / 100) * sorted.length));
  return sorted[rank - 1] ?? Number.NaN;
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 50);
}

/** @returns the number with as many decimals as a reader needs. */
export function rounded(value: number): number {
  const decimals = Math.abs(value) >= 100 ? 0 : 2;
  return Number(value.toFixed(decimals));
}

/** @returns an aim that is held when the value is not above the bound. */
export function atMost(value: number, bound: number): { readonly bound: number; readonly held: boolean } {
  return { bound, held: value <= bound };
}

/** Prints the figures beside the baseline, then the report as one JSON line, the last. */
export function print(report: BenchReport): void {
  const rows = Object.keys({ ...report.figures, ...report.baseline }).map((name) => ({
    figure: name,
    product: report.figures[name] ?? '',
    baseline: report.baseline[name] ?? '',
  }));
  console.table(rows);
  for (const [name, ratio] of Object.entries(report.ratios)) console.log(`ratio ${name}: ${ratio}`);
  for (const [name, { bound, held }] of Object.entries(report.aims)) {
    console.log(`aim ${name} ≤ ${bound}: ${held ? 'held' : 'missed'}`);
  }
  console.log(JSON.stringify(report));
}
