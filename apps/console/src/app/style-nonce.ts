const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";

// Where react-remove-scroll, under the dialogs, looks for it.
Object.assign(globalThis, { __webpack_nonce__: nonce });

/** What the platform allows style sheets by that the component library adds. */
export const styleNonce = (): string => nonce;
