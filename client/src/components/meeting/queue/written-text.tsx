import { useConductText } from '../../../hooks/meeting/use-conduct-text.ts';
import classes from './written.module.css';

const short = 160;

/** An opinion in writing: whole where it is short, behind a line where it is long. */
export function WrittenText({ text }: { readonly text: string }) {
  const t = useConductText();
  if (text.length <= short) return <p className={classes.text}>{text}</p>;
  return (
    <details>
      <summary className={classes.summary}>
        {text.slice(0, short)}… <span className={classes.more}>{t('opinion.whole')}</span>
      </summary>
      <p className={classes.text}>{text}</p>
    </details>
  );
}
