/** Why a camera, a microphone or a screen can't be used; the views put it in words. */
export type DeviceFault = 'permissionRefused' | 'noDevice' | 'deviceBusy' | 'insecureContext' | 'unplugged';

const faults: Readonly<Record<string, DeviceFault>> = {
  NotAllowedError: 'permissionRefused',
  SecurityError: 'permissionRefused',
  InvalidStateError: 'permissionRefused',
  NotFoundError: 'noDevice',
  OverconstrainedError: 'noDevice',
  NotReadableError: 'deviceBusy',
  AbortError: 'deviceBusy',
};

/** @returns the closed reason behind what the browser threw. */
export function deviceFaultOf(error: unknown): DeviceFault {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  return faults[name] ?? 'deviceBusy';
}

/** @returns whether the page may use devices at all: over plain HTTP from another machine it may not. */
export function hasDevices(): boolean {
  return window.isSecureContext && navigator.mediaDevices !== undefined;
}
