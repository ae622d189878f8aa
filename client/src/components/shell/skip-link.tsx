import { useTranslation } from 'react-i18next';
import classes from './shell.module.css';

/** The first thing that the keyboard reaches: past the header. */
export function SkipLink() {
  const { t } = useTranslation('shell');
  return (
    <a href="#main" className={classes.skip}>
      {t('skipToContent')}
    </a>
  );
}
