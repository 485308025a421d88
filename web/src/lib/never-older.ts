import { replaceEqualDeep } from '@tanstack/react-query';

function versionOf(data: unknown): number | undefined {
  return typeof data === 'object' && data !== null && 'version' in data ? Number(data.version) : undefined;
}

/**
 * What a query keeps of its data and a new answer, for records whose version only grows: an answer that was on
 * its way while the record was changed may come last, and says what was before. For `structuralSharing`.
 */
export function neverOlder(known: unknown, answer: unknown): unknown {
  const [before, now] = [versionOf(known), versionOf(answer)];
  if (before !== undefined && now !== undefined && now < before) return known;
  return replaceEqualDeep(known, answer);
}
