/** Raised when an older client would misread what the server says; checked at the handshake. */
export const protocolVersion = 1;
