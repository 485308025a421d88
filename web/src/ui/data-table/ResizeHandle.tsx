import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './data-table.module.css';

interface ResizeHandleProps {
  column: string;
  width: number;
  onWidth: (width: number) => void;
}

const LEAST = 56;
const MOST = 900;
const STEP = 16;

const bounded = (width: number) => Math.round(Math.min(MOST, Math.max(LEAST, width)));

/** The end of a column's head: drag it, or use the arrow keys. */
export function ResizeHandle({ column, width, onWidth }: ResizeHandleProps) {
  const { t } = useTranslation();
  const start = useRef<{ x: number; width: number } | null>(null);
  return (
    <span
      role="separator"
      aria-orientation="vertical"
      aria-label={t('table.resize', { column })}
      aria-valuenow={width}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      tabIndex={0}
      className={classes.resize}
      onPointerDown={(event) => {
        const head = event.currentTarget.closest('th');
        start.current = { x: event.clientX, width: head?.offsetWidth ?? width };
        event.currentTarget.setPointerCapture(event.pointerId);
        event.preventDefault();
      }}
      onPointerMove={(event) => {
        if (start.current) onWidth(bounded(start.current.width + event.clientX - start.current.x));
      }}
      onPointerUp={() => {
        start.current = null;
      }}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
        event.preventDefault();
        onWidth(bounded(width + (event.key === 'ArrowRight' ? STEP : -STEP)));
      }}
    />
  );
}
