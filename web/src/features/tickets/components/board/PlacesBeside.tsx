import { Text } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Place } from '../../board';
import { useDropPlace } from '../../hooks/use-drop-place';
import { usePlaceRefusal } from '../../hooks/use-place-refusal';
import { usePlaceWords } from '../../hooks/use-place-words';
import type { GroupField } from '../../schemas';
import classes from './board.module.css';

interface PlacesBesideProps {
  field: GroupField;
  places: readonly Place[];
}

/** Where cards can be dropped although the filters leave it out, such as "resolved" on a board of open tickets. */
export function PlacesBeside({ field, places }: PlacesBesideProps) {
  const { t } = useTranslation('tickets');
  if (places.length === 0) return null;
  return (
    <section className={classes.beside} tabIndex={0} aria-label={t('board.beside')}>
      <h2>{t('board.beside')}</h2>
      {places.map((place) => (
        <PlaceBeside key={place.value ?? ''} field={field} place={place} />
      ))}
    </section>
  );
}

function PlaceBeside({ field, place }: { field: GroupField; place: Place }) {
  const { placeWord } = usePlaceWords(field);
  const element = useRef<HTMLDivElement>(null);
  const isOver = useDropPlace(element, place);
  const { state, refusal } = usePlaceRefusal(place);
  return (
    <div
      ref={element}
      className={classes.besidePlace}
      data-column={place.value ?? ''}
      data-drop={state}
      data-over={isOver || undefined}
    >
      <Text size="sm" className={classes.besideWord}>
        {placeWord(place)}
      </Text>
      {refusal && <p className={classes.refusal}>{refusal}</p>}
    </div>
  );
}
