/** Loaded before a server (`NODE_OPTIONS=--import`): signals keep its own thread busy, for as long as they say in milliseconds. */
export const busyFor = { SIGUSR2: 5_000, SIGWINCH: 15_000 } as const;

for (const [signal, milliseconds] of Object.entries(busyFor)) {
  process.on(signal, () => {
    const end = performance.now() + milliseconds;
    while (performance.now() < end);
  });
}
