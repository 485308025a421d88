import { PasswordCard } from './PasswordCard';
import { SecondFactor } from './SecondFactor';
import { Sessions } from './Sessions';

/** How someone signs in, and where they are signed in. */
export function Security() {
  return (
    <>
      <PasswordCard />
      <SecondFactor />
      <Sessions />
    </>
  );
}
