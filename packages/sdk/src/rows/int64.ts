export const fitsInt64 = (integer: bigint): boolean => BigInt.asIntN(64, integer) === integer;
