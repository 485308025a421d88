import { Fragment, useEffect } from 'react';
import type { DataTableProps } from './DataTable';
import classes from './data-table.module.css';
import { useInView } from './use-in-view';

/** The rows as cards, for narrow screens. */
export function CardList<Row extends object>(props: DataTableProps<Row>) {
  const { rows, hasMore, onMore } = props;
  const { ref, isInView } = useInView();
  useEffect(() => {
    if (isInView && hasMore) onMore?.();
  }, [isInView, hasMore, onMore]);
  return (
    <>
      <ul className={classes.cards} aria-label={props.label}>
        {rows.map((row) => {
          const id = props.getRowId(row);
          return (
            <Fragment key={id}>
              {props.headings?.has(id) && <li className={classes.heading}>{props.headings.get(id)}</li>}
              <li className={classes.card} data-row={id} data-cursor={id === props.cursor || undefined}>
                {props.renderCard(row)}
              </li>
            </Fragment>
          );
        })}
      </ul>
      <div ref={ref} />
    </>
  );
}
