import { Menu, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Refusable } from '@/ui/action/Refusable';
import { IconCheck, IconEdit } from '@/ui/icons';
import { isLevel, LEVELS, type Level } from '../../model';
import classes from '../ticket-pane.module.css';

interface LevelSelectProps {
  label: string;
  value: string;
  /** Why it cannot be changed. */
  refusal: string | null;
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
  onChange: (value: Level) => void;
}

/** Impact or urgency: a word, and a menu where it may be changed. */
export function LevelSelect({ label, value, refusal, isOpen, onOpen, onChange }: LevelSelectProps) {
  const { t } = useTranslation('tickets');
  const word = isLevel(value) ? t(`level.${value}`) : value;
  if (refusal) {
    return (
      <Refusable reason={refusal}>
        <UnstyledButton className={classes.editable}>{word}</UnstyledButton>
      </Refusable>
    );
  }
  return (
    <Menu opened={isOpen} onChange={onOpen} position="bottom-start" shadow="md">
      <Menu.Target>
        <UnstyledButton className={classes.editable} aria-label={`${label}: ${word}`}>
          {word}
          <IconEdit aria-hidden size={13} className={classes.pencil} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {LEVELS.map((level) => (
          <Menu.Item
            key={level}
            onClick={() => level !== value && onChange(level)}
            rightSection={level === value && <IconCheck aria-hidden size={14} />}
          >
            {t(`level.${level}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
