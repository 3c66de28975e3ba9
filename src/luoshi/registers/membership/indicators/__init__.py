"""What is counted about membership."""
