/** UTF-8 text as standard base64 with padding. */
export function textToBase64(text: string): string {
  let binary = "";
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/**
 * Inverse of `textToBase64`; null unless `base64` is exactly what that would have produced: padded, canonical, UTF-8 (other bytes decode to U+FFFD
 * and so encode differently).
 */
export function base64ToText(base64: string): string | null {
  try {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    return textToBase64(text) === base64 ? text : null;
  } catch {
    return null;
  }
}
