import type { MeetingId } from '@diemcau/shared/ids.ts';

/** Tiles as a wall has them; when each first showed a frame, in milliseconds of the page's clock. */
export class Tiles {
  readonly firstFrames = new Map<string, number>();
  /** Changes of picture during which a tile stood without any. */
  gaps = 0;
  readonly #tiles = new Map<string, HTMLElement>();

  draw(meetings: readonly MeetingId[], size: { readonly width: number; readonly height: number }): void {
    this.clear();
    const grid = document.createElement('main');
    const columns = Math.ceil(Math.sqrt(meetings.length));
    grid.style.cssText = `display:grid;grid-template-columns:repeat(${columns},${size.width}px)`;
    for (const meetingId of meetings) {
      const tile = document.createElement('div');
      tile.style.cssText = `width:${size.width}px;height:${size.height}px;position:relative;overflow:hidden`;
      this.#tiles.set(meetingId, tile);
      grid.append(tile);
    }
    document.body.append(grid);
  }

  /** Shows a stream over what is shown there; `seen` is called with its first frame. */
  show(meetingId: MeetingId, stream: MediaStream, seen: () => void): void {
    const tile = this.#tiles.get(meetingId);
    if (tile === undefined || this.#videosOf(tile).some(({ srcObject }) => srcObject === stream)) return;
    const video = document.createElement('video');
    video.muted = true;
    video.autoplay = true;
    video.style.cssText = 'position:absolute;width:100%;height:100%';
    video.srcObject = stream;
    tile.append(video);
    video.requestVideoFrameCallback((now) => {
      if (!this.firstFrames.has(meetingId)) this.firstFrames.set(meetingId, now);
      seen();
    });
  }

  /** Takes away what is none of these streams. */
  keep(meetingId: MeetingId, streams: readonly MediaStream[]): void {
    const tile = this.#tiles.get(meetingId);
    if (tile === undefined) return;
    for (const video of this.#videosOf(tile)) {
      if (!streams.some((stream) => stream === video.srcObject)) video.remove();
    }
    if (this.firstFrames.has(meetingId) && tile.childElementCount === 0) this.gaps += 1;
  }

  /** Frames that the browser has shown in a tile. */
  framesOf(meetingId: string): number {
    const tile = this.#tiles.get(meetingId);
    if (tile === undefined) return 0;
    return this.#videosOf(tile).reduce(
      (sum, video) => sum + video.getVideoPlaybackQuality().totalVideoFrames,
      0,
    );
  }

  clear(): void {
    document.querySelector('main')?.remove();
    this.#tiles.clear();
    this.firstFrames.clear();
    this.gaps = 0;
  }

  #videosOf(tile: HTMLElement): HTMLVideoElement[] {
    return [...tile.querySelectorAll('video')];
  }
}
