import classes from './data-table.module.css';

interface SelectBoxProps {
  label: string;
  isChecked: boolean;
  onChange: () => void;
  onExtend?: () => void;
}

/** A checkbox with a target of the whole cell; with Shift it takes the rows in between. */
export function SelectBox({ label, isChecked, onChange, onExtend }: SelectBoxProps) {
  return (
    <label className={classes.selectBox}>
      <input
        type="checkbox"
        tabIndex={-1}
        aria-label={label}
        checked={isChecked}
        onChange={(event) => {
          const isShift = 'shiftKey' in event.nativeEvent && event.nativeEvent.shiftKey === true;
          if (isShift && onExtend) onExtend();
          else onChange();
        }}
      />
    </label>
  );
}
