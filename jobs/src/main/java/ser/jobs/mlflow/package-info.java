/** What a training tells an MLflow tracking server. */
package ser.jobs.mlflow;
