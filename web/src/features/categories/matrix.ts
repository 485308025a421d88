import type { MatrixCells, MatrixView, PriorityWord } from '@/api';

export const LEVELS = ['high', 'medium', 'low'] as const;
export const WORDS = ['critical', 'high', 'medium', 'low'] as const satisfies readonly PriorityWord[];

type Level = (typeof LEVELS)[number];
export type CellName = `${Level}_${Level}`;
export type MatrixValues = Record<CellName, PriorityWord>;

/** The cell for an impact and an urgency. */
export const cellName = (impact: Level, urgency: Level): CellName => `${impact}_${urgency}`;

export function isPriorityWord(word: unknown): word is PriorityWord {
  return WORDS.some((each) => each === word);
}

export function matrixValues({ cells }: Pick<MatrixView, 'cells'>): MatrixValues {
  return {
    high_high: cells.high.high,
    high_medium: cells.high.medium,
    high_low: cells.high.low,
    medium_high: cells.medium.high,
    medium_medium: cells.medium.medium,
    medium_low: cells.medium.low,
    low_high: cells.low.high,
    low_medium: cells.low.medium,
    low_low: cells.low.low,
  };
}

export function matrixCells(values: MatrixValues): MatrixCells {
  return {
    high: { high: values.high_high, medium: values.high_medium, low: values.high_low },
    medium: { high: values.medium_high, medium: values.medium_medium, low: values.medium_low },
    low: { high: values.low_high, medium: values.low_medium, low: values.low_low },
  };
}
