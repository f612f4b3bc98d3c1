/** Sent as `sdk-version`; a test holds it equal to package.json. */
export const SDK_VERSION = "0.0.0";
export const SDK_PACKAGE = "@axlab/sdk";
export const SDK_LANGUAGE = "typescript";
